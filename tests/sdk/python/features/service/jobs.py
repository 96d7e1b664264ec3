"""Jobs: scheduled ones, export and import."""
import datetime
import json

from azure.iot.hub.models import CloudToDeviceMethod, JobProperties, JobRequest, Twin, TwinProperties

from features.service.queries import ask
from features.service.twins import answers_with_name
from support.back_end import equal, refused
from support.until import until


def scheduled(back_end, job_id, **more):
    return back_end.jobs.create_scheduled_job(job_id, JobRequest(job_id=job_id, **more))


def update_twins(back_end, job_id, condition, **more):
    return scheduled(back_end, job_id, type="scheduleUpdateTwin", query_condition=condition,
                     update_twin=Twin(etag="*", tags={"touched": job_id},
                                      properties=TwinProperties(desired={"interval": 9})), **more)


def finished(back_end, job_id):
    def completed():
        job = back_end.jobs.get_scheduled_job(job_id)
        assert job.status != "failed", job.failure_reason
        return job.status == "completed" and job

    return until(f"{job_id} is completed", completed)


def twin_update(back_end):
    devices = [back_end.device(name).device_id for name in "ab"]
    update_twins(back_end, "twin-update-1", f"deviceId IN ['{devices[0]}', '{devices[1]}']")
    job = finished(back_end, "twin-update-1")
    equal((job.type, job.device_job_statistics.succeeded_count), ("scheduleUpdateTwin", 2))
    for device in devices:
        twin = back_end.registry.get_twin(device)
        equal((twin.tags["touched"], twin.properties.desired["interval"]), ("twin-update-1", 9))
    refused(409, update_twins, back_end, "twin-update-1", "*")
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    update_twins(back_end, "later-1", "*", start_time=soon)
    equal(back_end.jobs.cancel_scheduled_job("later-1").status, "cancelled")
    equal(back_end.jobs.get_scheduled_job("later-1").status, "cancelled")


def method(back_end):
    online, offline = back_end.device("on"), back_end.device("off")
    answers_with_name(back_end.connected(online))
    scheduled(back_end, "method-1", type="scheduleDeviceMethod",
              query_condition=f"deviceId IN ['{online.device_id}', '{offline.device_id}']",
              cloud_to_device_method=CloudToDeviceMethod(method_name="blink", payload={"times": 1}))
    counts = finished(back_end, "method-1").device_job_statistics
    equal((counts.succeeded_count, counts.failed_count), (1, 1))


def rows_of_job(back_end):
    device = back_end.device("d").device_id
    update_twins(back_end, "rows-1", f"deviceId = '{device}'")
    finished(back_end, "rows-1")
    rows = ask(back_end, "SELECT * FROM devices.jobs WHERE devices.jobs.jobId = 'rows-1'").items
    equal([(row.device_id, row.status) for row in rows], [(device, "completed")])


def transferred(back_end, **properties):
    job = back_end.jobs.create_import_export_job(JobProperties(**properties))

    def completed():
        now = back_end.jobs.get_import_export_job(job.job_id)
        assert now.status != "failed", now.failure_reason
        return now.status == "completed" and now

    job = until("the transfer is completed", completed)
    equal(job.progress, 100)
    assert job.job_id in [one.job_id for one in back_end.jobs.get_import_export_jobs()]


def lines_of(back_end, blob, container):
    content = back_end.hub.blob_storage.blob(blob, container).decode()
    return [json.loads(line) for line in content.splitlines() if line.startswith("{")]


def export(back_end):
    device = back_end.device("d")
    uri = back_end.hub.blob_storage.container_uri("export")
    for exclude_keys in (False, True):
        transferred(back_end, type="export", output_blob_container_uri=uri,
                    exclude_keys_in_export=exclude_keys)
        line = next(one for one in lines_of(back_end, "devices.txt", "export")
                    if one["id"] == device.device_id)
        told = line["authentication"]["symmetricKey"]["primaryKey"]
        equal(told, None if exclude_keys else device.authentication.symmetric_key.primary_key)


def import_devices(back_end):
    storage = back_end.hub.blob_storage
    back_end.device("old")
    lines = [{"id": back_end.id("new"), "importMode": "create", "status": "enabled",
              "authentication": {"type": "sas", "symmetricKey": {"primaryKey": None, "secondaryKey": None}}},
             {"id": back_end.id("old"), "importMode": "create", "status": "enabled"}]
    storage.put_blob("devices.txt", "\n".join(map(json.dumps, lines)).encode(), "import")
    uri = storage.container_uri("import")
    transferred(back_end, type="import", input_blob_container_uri=uri, output_blob_container_uri=uri)
    back_end.registry.get_device(back_end.id("new"))
    errors = lines_of(back_end, "importErrors.log", "import")
    equal([(one["deviceId"], one["errorCode"]) for one in errors], [(back_end.id("old"), 409001)])
