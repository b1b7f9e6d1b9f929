"""What is shown in Slack: our sentences as blocks, plain dicts and nothing else."""
