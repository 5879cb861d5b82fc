"""Sheltered work: from request to job, how jobs are counted, and the old kind that dies out."""
