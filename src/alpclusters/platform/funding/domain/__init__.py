"""What is done with funding: one folder a subject, functions named by a verb."""
