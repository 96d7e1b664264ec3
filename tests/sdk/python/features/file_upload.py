"""A file goes to the blob storage that the hub's configuration names. The SDK asks where to, and says
that it is done; the file itself is sent by other means."""
import ssl
import urllib.parse
import urllib.request


def put(place, content, authority):
    name = urllib.parse.quote(place["blobName"])
    url = f"https://{place['hostName']}/{place['containerName']}/{name}{place['sasToken']}"
    request = urllib.request.Request(
        url, content, {"x-ms-blob-type": "BlockBlob", "Content-Type": "text/plain"}, method="PUT")
    context = ssl.create_default_context(cafile=str(authority))
    with urllib.request.urlopen(request, timeout=20, context=context) as response:
        assert response.status == 201, response.status


def upload(scene):
    scene.create()
    content = b"a day of measurements\n" * 1000
    client = scene.connected()
    place = client.get_storage_info_for_blob("logs/day 1.txt")
    put(place, content, scene.hub.authority)
    client.notify_blob_upload_status(place["correlationId"], True, 200, "uploaded")
    assert scene.hub.blob_storage.blob(scene.identity[0] + "/logs/day 1.txt") == content
