"""Eyes: pictures in, in the order of their times; what is written and who is seen out."""
