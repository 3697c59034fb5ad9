"""Pictures that are not trusted: decoded, checked, made small and made fit to be sent."""
