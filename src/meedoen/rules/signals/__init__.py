"""When something about a person needs a look: dated rules, pure functions, no names."""
