"""Files shipped with the program: reference data, the sample plan and the style."""
