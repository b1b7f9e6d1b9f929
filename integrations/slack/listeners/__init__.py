"""What people do in Slack: each gesture parsed, one action called, an answer shown."""
