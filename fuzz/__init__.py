"""Programs that feed the readers of files what nobody would send, for as long as they are let."""
