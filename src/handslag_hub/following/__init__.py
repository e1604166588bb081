"""Following: what was heard of commitments since, their states, and who decides on what is proposed."""
