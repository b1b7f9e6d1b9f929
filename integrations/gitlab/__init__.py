"""GitLab: deliveries with our token in, efforts out."""
