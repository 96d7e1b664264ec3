"""Queries."""
from azure.iot.hub.models import QuerySpecification, Twin

from support.back_end import equal, refused


def ask(back_end, text, **page):
    return back_end.registry.query_iot_hub(QuerySpecification(query=text), **page)


def query(back_end):
    for number, name in enumerate("abcde"):
        device = back_end.device(name).device_id
        back_end.registry.update_twin(device, Twin(tags={"query": "yes", "odd": number % 2 == 1}), "*")
    text = "SELECT * FROM devices WHERE tags.query = 'yes'"
    first = ask(back_end, text, max_item_count=2)
    seen, token = [twin.device_id for twin in first.items], first.continuation_token
    equal(len(seen), 2)
    while token:
        page = ask(back_end, text, continuation_token=token, max_item_count=2)
        seen += [twin.device_id for twin in page.items]
        token = page.continuation_token
    equal(sorted(seen), back_end.ids("abcde"))
    rows = ask(back_end, "SELECT deviceId AS id FROM devices WHERE tags.query = 'yes' AND tags.odd = true")
    equal(sorted(row.additional_properties["id"] for row in rows.items), back_end.ids("bd"))
    groups = ask(back_end, "SELECT tags.odd AS odd, COUNT() AS n FROM devices"
                           " WHERE tags.query = 'yes' GROUP BY tags.odd")
    equal({row.additional_properties["odd"]: row.additional_properties["n"] for row in groups.items},
          {False: 3, True: 2})
    refused(400, ask, back_end, "SELECT * FORM devices")
