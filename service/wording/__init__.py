"""Every sentence we speak, and its translations."""
