"""A local X: its API with signatures, rules, prices and hostile answers, and what people see."""

from aiohttp import web

from bot.sandbox.x.api import api_routes
from bot.sandbox.x.people import PeopleRoutes
from bot.sandbox.x.side import XSide

__all__ = ["XSide", "routes"]


def routes(x: XSide) -> list[web.AbstractRouteDef]:
    """Answer every route of the X side, for one aiohttp application."""
    return [*api_routes(x), *PeopleRoutes(x).routes()]
