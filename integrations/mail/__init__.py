"""Letters by SMTP: parcels of nudges, sign-in links, invitations."""
