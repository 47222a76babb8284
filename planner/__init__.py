"""The plan of battery-material supply contracts as a library: no window, usable in a notebook."""
