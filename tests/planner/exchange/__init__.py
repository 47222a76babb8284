"""Tables as files: what is read, refused, previewed, written and recognised."""
