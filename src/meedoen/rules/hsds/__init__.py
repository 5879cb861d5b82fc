"""Public places in the form of Open Referral (HSDS 3.1): facts in, plain values for JSON out."""
