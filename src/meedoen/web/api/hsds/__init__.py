"""Public places in the form of Open Referral (HSDS 3.1), at /hsds/."""
