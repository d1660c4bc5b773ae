"""Group robots, and what became of every e-mail and group message."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from taole.access.guard import me, requires
from taole.access.permissions import Permission
from taole.core.clock import now, today
from taole.core.errors import Refused
from taole.core.pages import paginate, say_all
from taole.core.words import N_, sentence
from taole.notifications.actions import tell_route
from taole.notifications.blueprint import blueprint
from taole.notifications.delivering import send_again
from taole.notifications.models import Delivery, DeliveryState, Route, RouteKind
from taole.notifications.route_forms import RouteForm
from taole.notifications.routes import (
    add_route,
    get_delivery,
    get_route,
    list_routes,
    select_deliveries,
    switch_route,
)
from taole.organisation.models import Unit
from taole.organisation.queries import get_township, get_unit_by_id


@blueprint.route("/routes/<code>", methods=["GET", "POST"])
@requires(Permission.SET_REMINDERS, of=get_township)
def routes(unit: Unit) -> Any:
    form = RouteForm()
    if form.validate_on_submit():
        try:
            add_route(
                unit,
                kind=RouteKind(form.kind.data),
                name=form.name.data or "",
                address=form.address.data or "",
                secret=form.secret.data or "",
                gateway=form.gateway.data or "",
                per_minute=form.per_minute.data or 1,
                by=me(),
                at=now(),
            )
        except Refused as refusal:
            form.form_errors = say_all(refusal)
        else:
            flash(_("已添加，请发一条测试看看群里收不收得到"), "ok")
            return redirect(url_for("notifications.routes", code=unit.code))
    return render_template(
        "notifications/routes.html", unit=unit, form=form, routes=list_routes(unit.id)
    ), 422 if form.is_submitted() else 200


@blueprint.post("/routes/<uuid:route_id>/switch")
@requires(Permission.SET_REMINDERS, of=get_route)
def switch(route: Route) -> Any:
    switch_route(route, is_on="on" in request.form, by=me())
    return redirect(url_for("notifications.routes", code=get_unit_by_id(route.township_id).code))


@blueprint.post("/routes/<uuid:route_id>/test")
@requires(Permission.SET_REMINDERS, of=get_route)
def try_route(route: Route) -> Any:
    """A line to the group, through the same way as everything else."""
    township, at = get_unit_by_id(route.township_id), now()
    tell_route(
        route,
        township=township,
        key=f"test:{at.isoformat()}",
        title=sentence(N_("测试")),
        text=f"【村务公开】这是{township.name}发的一条测试，收到就说明这个群接好了。",
        day=today(),
        at=at,
    )
    flash(_("测试已排队，一分钟内发出；发到没有看“发送记录”"), "ok")
    return redirect(url_for("notifications.routes", code=township.code))


@blueprint.get("/deliveries/<code>")
@requires(Permission.SET_REMINDERS, of=get_township)
def deliveries(unit: Unit) -> Any:
    troubled = request.args.get("troubled") == "1"
    return render_template(
        "notifications/deliveries.html",
        unit=unit,
        page=paginate(select_deliveries(unit.id, only_troubled=troubled)),
        troubled=troubled,
        DeliveryState=DeliveryState,
    )


@blueprint.post("/deliveries/<uuid:delivery_id>/again")
@requires(Permission.SET_REMINDERS, of=get_delivery)
def deliver_again(delivery: Delivery) -> Any:
    code = get_unit_by_id(delivery.township_id).code
    try:
        send_again(delivery, by=me(), at=now())
    except Refused as refusal:
        for said in say_all(refusal):
            flash(said, "error")
        return redirect(url_for("notifications.deliveries", code=code))
    flash(_("已排队，一分钟内再发"), "ok")
    return redirect(url_for("notifications.deliveries", code=code))
