"""Tables of a plan as files: rows of text in, with a preview held as a draft edit; rows of text out."""
