"""What people are called who are told of beside a case."""

from wardcast.check.gazetteers.folding import listed

PERSON = listed(
    """
    patient pt lady gentleman guy kid boy girl woman man fellow baby toddler teenager
    neonate child resident inmate client
    """
)
"""Words for a patient: a name often follows."""

KIN = listed(
    """
    husband wife son daughter mother father mom dad mum brother sister partner boyfriend
    girlfriend fiance fiancee grandmother grandfather grandma grandpa granddad grandad gran granny
    nan nana nanny aunt auntie aunty uncle niece nephew cousin twin granddaughter grandson
    caregiver carer spouse stepmother stepfather stepmom stepdad stepmum stepson stepdaughter
    stepsister stepbrother godmother godfather godson goddaughter hubby mama papa mommy daddy mummy
    """
)
"""Words for the people around a patient."""
