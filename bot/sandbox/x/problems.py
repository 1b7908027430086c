"""The bodies in which X refuses (docs.x.com, response codes; wordings as publicly reported)."""

from typing import Any

from bot.sandbox.x.answer import Answer

_OLD = "https://api.twitter.com/2/problems/"
_NEW = "https://api.x.com/2/problems/"


def _problem(
    status: int, title: str, detail: str, kind: str = "about:blank", **more: object
) -> Answer:
    body = {"title": title, "detail": detail, "type": kind, "status": status}
    return Answer(status, body | more)


def invalid(*errors: tuple[str, dict[str, Any]]) -> Answer:
    """400: one entry for each message, with the parameters it is about."""
    return Answer(
        400,
        {
            "errors": [{"parameters": about, "message": message} for message, about in errors],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": _OLD + "invalid-request",
        },
    )


def unauthorized() -> Answer:
    """401, whatever is wrong with the signature."""
    return _problem(401, "Unauthorized", "Unauthorized")


def no_credits(account_id: str) -> Answer:
    """402: the developer account has run dry."""
    detail = (
        f"Your enrolled account [{account_id}] does not have any credits to fulfill this request."
    )
    return _problem(402, "CreditsDepleted", detail, _OLD + "credits")


def forbidden(detail: str = "You are not permitted to perform this action.") -> Answer:
    """403 without a reason that a program could tell apart."""
    return _problem(403, "Forbidden", detail)


def duplicate() -> Answer:
    """403: the account has just said this; X does not tell the id of that other tweet."""
    return forbidden("You are not allowed to create a Tweet with duplicate content.")


def cashtags() -> Answer:
    """403: more than one $SYMBOL."""
    return forbidden("Posts are limited to a maximum of one cashtag ($SYMBOL)")


def not_summoned() -> Answer:
    """403: a reply to somebody who did not call us, or a quote."""
    detail = "You can only reply to or quote posts where you are mentioned or are the author."
    kind = _NEW + "not-authorized-for-resource"
    return _problem(403, "Authorization Error", detail, kind, resource_type="post")


def read_only() -> Answer:
    """403: the app has no permission to write."""
    detail = (
        "Your client app is not configured with the appropriate oauth1 app permissions"
        " for this endpoint."
    )
    return _problem(403, "Forbidden", detail, _OLD + "oauth1-permissions")


def app_only() -> Answer:
    """403: a bearer token speaks for an app, and apps do not tweet."""
    detail = (
        "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  "
        "Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context]."
    )
    return _problem(403, "Unsupported Authentication", detail, _OLD + "unsupported-authentication")


def missing(resource: str, identity: str, status: int = 404) -> Answer:
    """404, or the 200 with nothing but `errors` that a lookup answers."""
    error = {
        "value": identity,
        "detail": f"Could not find {resource} with id: [{identity}].",
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": "id",
        "resource_id": identity,
        "type": _OLD + "resource-not-found",
    }
    return Answer(status, {"errors": [error]} if status == 200 else error | {"status": status})


def no_such_endpoint() -> Answer:
    """404 for a path that X does not have."""
    return _problem(404, "Not Found", "Not Found")


def too_large() -> Answer:
    """413: more bytes than anybody tweets."""
    return _problem(413, "Payload Too Large", "Payload Too Large")


def unsupported_media_type() -> Answer:
    """415, as a box before X says it."""
    return _problem(415, "Unsupported Media Type", "Unsupported Media Type")


def too_many() -> Answer:
    """429; the headers say more."""
    return _problem(429, "Too Many Requests", "Too Many Requests")


def internal() -> Answer:
    """500."""
    return _problem(500, "Internal Server Error", "Internal Server Error")


def unavailable() -> Answer:
    """503."""
    return _problem(503, "Service Unavailable", "Service Unavailable")


def request_timeout() -> Answer:
    """408, as a box before X says it."""
    return _problem(408, "Request Timeout", "Request Timeout")
