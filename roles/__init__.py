"""What is stored about roles and their assessments, and who may see it."""
