"""The OAuth scopes of the app: what it was granted, and what a method needs."""

REQUIRED = (
    "chat:write",
    "commands",
    "users:read",
    "files:read",
    "channels:history",
    "groups:history",
    "im:history",
    "channels:read",
    "groups:read",
    "app_mentions:read",
)
OPTIONAL = (
    "usergroups:read",
    "reactions:write",
    "files:write",
    "users:read.email",
    "im:write",
)
GRANTED = REQUIRED + OPTIONAL
KNOWN = frozenset(GRANTED) | {
    "im:read",
    "mpim:read",
    "mpim:history",
    "reactions:read",
    "team:read",
    "chat:write.public",
    "chat:write.customize",
}
