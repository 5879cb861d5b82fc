"""Where a figure will stand at the end of the year, with a band, from the own history."""
