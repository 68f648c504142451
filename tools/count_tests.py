"""Counts the test cases of one `bazel test`, for tools/test.sh.

Arguments: the file that Bazel's --build_event_json_file wrote, and Bazel's
exit code. Prints the failed cases, the reasons of skipped ones and, as the
last line, "N passed, N failed, N skipped". Exit code 1 if anything failed.
"""

import collections
import json
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


def test_results(events_path):
    """Yields (target, whether it passed, its test.xml or None), by shard."""
    results = {}
    with open(events_path, encoding="utf-8") as events:
        for line in events:
            event = json.loads(line)
            test = event.get("id", {}).get("testResult")
            if test is None or "testResult" not in event:
                continue
            result = event["testResult"]
            xml = None
            for output in result.get("testActionOutput", []):
                if output["name"] == "test.xml":
                    uri = urllib.parse.urlparse(output["uri"])
                    xml = urllib.parse.unquote(uri.path)
            # Of several attempts the last one counts.
            key = (test["label"], test.get("shard"), test.get("run"))
            results[key] = (test["label"], result.get("status") == "PASSED", xml)
    return results.values()


def read_cases(path):
    """Yields (name, "passed" | "failed" | "skipped", message) of a test.xml."""
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError):
        return
    for case in root.iter("testcase"):
        name = case.get("classname", "") + "." + case.get("name", "")
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            yield name, "failed", ""
        elif skipped is not None:
            lines = skipped.get("message", "").strip().splitlines()
            yield name, "skipped", lines[-1] if lines else "no reason given"
        elif case.get("status") != "notrun":
            yield name, "passed", ""


def main(events_path, bazel_code):
    counts = collections.Counter()
    reasons = collections.Counter()
    for target, passed, xml in test_results(events_path):
        cases = list(read_cases(xml)) if xml else []
        failed_here = 0
        for name, outcome, message in cases:
            counts[outcome] += 1
            if outcome == "failed":
                failed_here += 1
                print(f"FAILED {target} {name}")
            elif outcome == "skipped":
                reasons[message] += 1
        if not passed and not failed_here:
            # It crashed, ran out of time or was never built.
            counts["failed"] += 1
            print(f"FAILED {target}")
        elif passed and not cases:
            counts["passed"] += 1
    if bazel_code != 0 and not counts["failed"]:
        counts["failed"] += 1
        print(f"FAILED the build; bazel's exit code is {bazel_code}")
    for reason, count in sorted(reasons.items()):
        print(f"SKIPPED {count}: {reason}")
    print(f"{counts['passed']} passed, {counts['failed']} failed, "
          f"{counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
