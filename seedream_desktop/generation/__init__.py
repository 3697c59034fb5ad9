"""What is asked for: requests, models, recipes, jobs, costs and problems, as plain values."""
