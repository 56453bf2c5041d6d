"""A bucket, as the tests look into it: requests with a signature of their own making, so that the program's is held against a second one."""

import hashlib
import hmac
import http.client
import re
from datetime import datetime, timezone
from urllib.parse import quote, unquote, urlsplit

REGION = "us-east-1"
ACCESS_KEY = "AKIDTESTMF"
SECRET_KEY = "canary-of-a-secret-that-must-never-be-seen"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}


def authorization(method, path, query, headers, digest):
    """Signature Version 4 over everything that is sent."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join([method, path, query, lines, names, digest])
    scope = f"{headers['x-amz-date'][:8]}/{REGION}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hashlib.sha256(request.encode()).hexdigest()])
    key = ("AWS4" + SECRET_KEY).encode()
    for part in (*scope.split("/"), text):
        key = hmac.new(key, part.encode(), "sha256").digest()
    return f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/{scope}, SignedHeaders={names}, Signature={key.hex()}"


class Bucket:
    """A bucket of the server at `endpoint`."""

    def __init__(self, endpoint, name):
        self.endpoint = endpoint
        self.name = name

    def request_line(self, key):
        """Host and path of a request."""
        return urlsplit(self.endpoint).netloc, f"/{self.name}/{key}" if key else f"/{self.name}"

    def ask(self, method, key="", query="", body=b"", **more):
        """Status and body of the reply."""
        host, path = self.request_line(key)
        path = quote(path)
        digest = hashlib.sha256(body).hexdigest()
        headers = {"host": host, "x-amz-date": datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ"), "x-amz-content-sha256": digest, **more}
        headers["authorization"] = authorization(method, path, query, headers, digest)
        connection = http.client.HTTPConnection(urlsplit(self.endpoint).netloc, timeout=30)
        connection.request(method, path + ("?" + query if query else ""), body, headers)
        reply = connection.getresponse()
        answer = reply.status, reply.read()
        connection.close()
        return answer

    def made(self):
        status, body = self.ask("PUT")
        assert status == 200, body
        return self

    def put(self, key, content):
        digest = {"x-amz-meta-sha256": hashlib.sha256(content).hexdigest()}
        status, body = self.ask("PUT", key, body=content, **digest)
        assert status == 200, body

    def get(self, key):
        status, body = self.ask("GET", key)
        assert status == 200, body
        return body

    def keys(self, prefix):
        """The keys that begin with `prefix`."""
        found, token = [], ""
        while True:
            more = f"continuation-token={quote(token, safe='')}&" if token else ""
            status, body = self.ask("GET", query=f"{more}list-type=2&prefix={quote(prefix, safe='')}")
            assert status == 200, body
            found += [unquote(key) for key in re.findall(r"<Key>([^<]*)</Key>", body.decode())]
            token = "".join(re.findall(r"<NextContinuationToken>([^<]*)<", body.decode()))
            if not token:
                return found

    def below(self, prefix):
        """The bytes of every object below `prefix`, by its key without it."""
        return {key.removeprefix(prefix + "/"): self.get(key) for key in self.keys(prefix + "/")}

    def place(self, klass, prefix):
        """The place, as a platform profile names it."""
        return {"class": klass, "root": f"s3://{self.name}/{prefix}", "endpoint": self.endpoint, "region": REGION, "path_style": True}
