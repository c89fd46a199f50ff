"""People, viewers, credentials, follows and blocks; and the host whose house it is."""
