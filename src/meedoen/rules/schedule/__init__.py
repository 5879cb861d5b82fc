"""When a place is open: times that come back every week or month, and days they fall on."""
