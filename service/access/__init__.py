"""Ways in: sessions, links, passkeys, invites, API tokens, the audit trail."""
