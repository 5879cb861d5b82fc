"""What is said in public about matching: the entry in the register of algorithms, and a sheet."""
