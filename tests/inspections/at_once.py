"""Several people at the same moment, each in a request of their own."""

from concurrent.futures import ThreadPoolExecutor

from taole.core.errors import Refused
from taole.core.transactions import transaction


def at_once(app, *acts):
    """Run each in its own request's context, all together; what each returned or raised."""

    def in_its_own_context(act):
        with app.app_context():
            try:
                with transaction():
                    return act()
            except Refused as refusal:
                return refusal

    with ThreadPoolExecutor(len(acts)) as together:
        return list(together.map(in_its_own_context, acts))
