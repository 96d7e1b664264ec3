#include "rest_world.hpp"

#include "support/catch.hpp"

// Every operation that takes a body, with bodies that are no JSON or have a member of the wrong
// type. Mistakes of other kinds are in the file of each operation.

using namespace iothub;
using namespace iothub::test;

namespace {

struct operation {
    const char* method;
    const char* path;
    const char* good; // a body whose mistakes are tried
};

const operation bulk{
    "POST", "/devices",
    R"([{"id":"n","importMode":"create","status":"enabled","statusReason":"r","eTag":"e",)"
    R"("twinETag":"e","authentication":{"type":"sas","symmetricKey":{"primaryKey":"p",)"
    R"("secondaryKey":"s"},"x509Thumbprint":{"primaryThumbprint":"t","secondaryThumbprint":"t"}},)"
    R"("tags":{},"properties":{"desired":{}},"capabilities":{"iotEdge":false},"deviceScope":"s",)"
    R"("parentScopes":[],"attributes":{}},{"id":"d","moduleId":"n","managedBy":"x"}])"};
const operation device{
    "PUT", "/devices/n",
    R"({"deviceId":"n","status":"enabled","statusReason":"r","authentication":{"type":"sas",)"
    R"("symmetricKey":{"primaryKey":"p","secondaryKey":"s"},"x509Thumbprint":{)"
    R"("primaryThumbprint":"t","secondaryThumbprint":"t"}},"capabilities":{"iotEdge":false},)"
    R"("deviceScope":"s","parentScopes":[],"attributes":{}})"};
const operation module{
    "PUT", "/devices/d/modules/n",
    R"({"deviceId":"d","moduleId":"n","managedBy":"x","authentication":{"type":"sas",)"
    R"("symmetricKey":{"primaryKey":"p","secondaryKey":"s"}}})"};
const operation twin_patch{"PATCH", "/twins/d", R"({"tags":{},"properties":{"desired":{}}})"};
const operation twin_put{"PUT", "/twins/d", R"({"tags":{},"properties":{"desired":{}}})"};
const operation update_job{
    "PUT", "/jobs/v2/j",
    R"({"jobId":"j","type":"scheduleUpdateTwin","queryCondition":"*","startTime":null,)"
    R"("maxExecutionTimeInSeconds":5,"updateTwin":{"etag":"*","tags":{},)"
    R"("properties":{"desired":{}}}})"};
const operation method_job{
    "PUT", "/jobs/v2/j",
    R"({"type":"scheduleDeviceMethod","queryCondition":"*","cloudToDeviceMethod":)"
    R"({"methodName":"m","responseTimeoutInSeconds":30,"connectTimeoutInSeconds":0}})"};
const operation transfer{
    "POST", "/jobs/create",
    R"({"type":"export","outputBlobContainerUri":"https://s/c","outputBlobName":"b",)"
    R"("excludeKeysInExport":true,"includeConfigurations":true,"configurationsBlobName":"c",)"
    R"("storageAuthenticationType":"keyBased"})"};
const operation configuration{
    "PUT", "/configurations/n",
    R"({"id":"n","schemaVersion":"1.0","labels":{"a":"b"},"targetCondition":"*","priority":1,)"
    R"("metrics":{"queries":{"n":"select deviceId from devices"}},)"
    R"("content":{"deviceContent":{"properties.desired.a":1}}})"};
const operation deployment{
    "PUT", "/configurations/n",
    R"({"content":{"modulesContent":{"$edgeAgent":{"properties.desired":{}},)"
    R"("m":{"properties.desired":{}}}}})"};
const operation tested_queries{
    "POST", "/configurations/testQueries",
    R"({"targetCondition":"tags.a = 1","customMetricQueries":{"n":"select * from devices"}})"};
const operation applied_content{
    "POST", "/devices/edge/applyConfigurationContent",
    R"({"modulesContent":{"$edgeAgent":{"properties.desired":{}},"m":{"properties.desired":{}}}})"};
const operation json_patch{"PATCH", "/digitaltwins/d",
                           R"([{"op":"add","path":"/a","value":1},{"op":"remove","path":"/a"}])"};
const operation regeneration{"POST", "/devices/keys/regenerate",
                             R"({"policyKey":"both","devices":[{"id":"d"}]})"};
const operation direct_method{
    "POST", "/twins/d/methods",
    R"({"methodName":"m","responseTimeoutInSeconds":30,"connectTimeoutInSeconds":0})"};
const operation device_query{"POST", "/devices/query", R"({"query":"select * from devices"})"};

const std::vector<operation> operations{
    bulk,          device,       module,         twin_patch,     twin_put,   update_job,
    method_job,    transfer,     configuration,  deployment,     json_patch, regeneration,
    direct_method, device_query, tested_queries, applied_content};

struct mistaken_world : rest_world {
    mistaken_world() {
        add("/devices/d");
        add("/devices/d/modules/m");
        REQUIRE(ask("PUT", "/devices/edge", R"({"capabilities":{"iotEdge":true}})").status == 200);
        before_ = everything();
        log.clear();
    }

    void check_refused(const operation& o, const std::string& body) {
        const answer refused = ask(o.method, o.path, body);
        INFO(o.method << " " << o.path << " " << body.substr(0, 400));
        CHECK(refused.status == 400);
        CHECK_FALSE(refused.code().empty());
        CHECK(refused.body.size() < 1000);
        CHECK_FALSE(stream->ended());
        CHECK(log.lines().size() == 1);
        log.clear();
    }

    void check_unchanged() { CHECK(everything() == before_); }

private:
    std::string everything() {
        std::string all;
        for (const char* path : {"/devices", "/devices/d/modules", "/twins/d", "/twins/edge",
                                 "/configurations", "/jobs", "/jobs/v2/query"}) {
            all += ask("GET", path).body;
        }
        return all;
    }

    std::string before_;
};

} // namespace

TEST_CASE("body mistakes: what is no JSON, wherever JSON is read") {
    mistaken_world w;
    for (const operation& o : operations) {
        const std::string good = o.good;
        const std::string open(1, good.front());
        const std::string inside = good.front() == '[' ? "" : "\"x\":";
        for (const std::string& body : std::vector<std::string>{
                 "",
                 " ",
                 "nonsense",
                 good.substr(0, good.size() - 1),
                 good + "x",
                 good + good,
                 "\xef\xbb\xbf" + good,
                 good + std::string(1, '\0'),
                 open + inside + "NaN" + good.back(),
                 open + inside + "1e400" + good.back(),
                 open + inside + "18446744073709551616" + good.back(),
                 open + inside + R"("\ud800")" + good.back(),
                 open + inside + "\"\xff\"" + good.back(),
                 open + inside + "\"\xc0\xaf\"" + good.back(),
                 open + inside + "// a comment\n1" + good.back(),
                 open + inside + "'single'" + good.back(),
                 open + inside + "1," + good.back(),
                 open + inside + std::string(100'000, '['),
                 std::string(100'000, '['),
                 "null",
                 "7",
                 "\"text\"",
                 good.front() == '[' ? "{}" : "[]",
             }) {
            w.check_refused(o, body);
        }
    }
    w.check_unchanged();
}

TEST_CASE("body mistakes: a member of the wrong type") {
    struct members {
        operation of;
        // Where, and what else than a refusal may come of: n(ull) b(ool) i(nteger) s(tring)
        // a(rray) o(bject).
        std::vector<std::pair<const char*, std::string>> allowed;
    };
    const auto [o, allowed] = GENERATE(values<members>({
        {bulk,
         {{"/0", ""},
          {"/0/id", "s"},
          {"/0/importMode", "n"},
          {"/0/status", "n"},
          {"/0/statusReason", "ns"},
          {"/0/eTag", "ns"},
          {"/0/twinETag", "ns"},
          {"/0/authentication", "no"},
          {"/0/authentication/type", "n"},
          {"/0/authentication/symmetricKey", "no"},
          {"/0/authentication/symmetricKey/primaryKey", "ns"},
          {"/0/authentication/symmetricKey/secondaryKey", "ns"},
          {"/0/authentication/x509Thumbprint", "no"},
          {"/0/authentication/x509Thumbprint/primaryThumbprint", "ns"},
          {"/0/authentication/x509Thumbprint/secondaryThumbprint", "ns"},
          {"/0/tags", "no"},
          {"/0/properties", "no"},
          {"/0/properties/desired", "no"},
          {"/0/capabilities", "no"},
          {"/0/capabilities/iotEdge", "nb"},
          {"/0/deviceScope", "ns"},
          {"/0/parentScopes", "n"},
          {"/0/attributes", "no"},
          {"/1/id", "s"},
          {"/1/moduleId", "ns"},
          {"/1/managedBy", "ns"}}},
        {device,
         {{"/deviceId", "n"},
          {"/status", "n"},
          {"/statusReason", "ns"},
          {"/authentication", "no"},
          {"/authentication/type", "n"},
          {"/authentication/symmetricKey", "no"},
          {"/authentication/symmetricKey/primaryKey", ""},
          {"/authentication/x509Thumbprint", "no"},
          {"/authentication/x509Thumbprint/primaryThumbprint", "n"},
          {"/capabilities", "no"},
          {"/capabilities/iotEdge", "nb"},
          {"/deviceScope", "ns"},
          {"/parentScopes", "n"},
          {"/attributes", "no"}}},
        {module,
         {{"/deviceId", "n"},
          {"/moduleId", "n"},
          {"/managedBy", "ns"},
          {"/authentication", "no"},
          {"/authentication/symmetricKey/secondaryKey", ""}}},
        {twin_patch, {{"/tags", "no"}, {"/properties", "no"}, {"/properties/desired", "no"}}},
        {twin_put, {{"/tags", "no"}, {"/properties", "no"}, {"/properties/desired", "no"}}},
        {update_job,
         {{"/jobId", "n"},
          {"/type", ""},
          {"/queryCondition", "s"},
          {"/startTime", "n"},
          {"/maxExecutionTimeInSeconds", "ni"},
          {"/updateTwin", ""},
          {"/updateTwin/etag", ""},
          {"/updateTwin/tags", "no"},
          {"/updateTwin/properties", "no"},
          {"/updateTwin/properties/desired", "no"}}},
        {method_job,
         {{"/cloudToDeviceMethod", ""},
          {"/cloudToDeviceMethod/methodName", "s"},
          {"/cloudToDeviceMethod/responseTimeoutInSeconds", "ni"},
          {"/cloudToDeviceMethod/connectTimeoutInSeconds", "ni"}}},
        {transfer,
         {{"/type", ""},
          {"/outputBlobContainerUri", "s"},
          {"/outputBlobName", "ns"},
          {"/excludeKeysInExport", "nb"},
          {"/includeConfigurations", "nb"},
          {"/configurationsBlobName", "ns"},
          {"/storageAuthenticationType", "n"}}},
        {configuration,
         {{"/id", "n"},
          {"/schemaVersion", "ns"},
          {"/labels", "n"},
          {"/labels/a", "s"},
          {"/targetCondition", "n"},
          {"/priority", "ni"},
          {"/metrics", "no"},
          {"/metrics/queries", "n"},
          {"/metrics/queries/n", ""},
          {"/content", ""},
          {"/content/deviceContent", ""}}},
        {deployment,
         {{"/content/modulesContent", ""},
          {"/content/modulesContent/$edgeAgent", ""},
          {"/content/modulesContent/$edgeAgent/properties.desired", "o"},
          {"/content/modulesContent/m", ""},
          {"/content/modulesContent/m/properties.desired", "o"}}},
        {tested_queries,
         {{"/targetCondition", "ns"},
          {"/customMetricQueries", "n"},
          {"/customMetricQueries/n", "s"}}},
        {applied_content,
         {{"/modulesContent", ""},
          {"/modulesContent/$edgeAgent", ""},
          {"/modulesContent/$edgeAgent/properties.desired", "o"},
          {"/modulesContent/m/properties.desired", "o"}}},
        {json_patch, {{"/0", ""}, {"/0/op", ""}, {"/0/path", ""}, {"/0/value", "biso"}}},
        {regeneration,
         {{"/policyKey", ""}, {"/devices", ""}, {"/devices/0", ""}, {"/devices/0/id", "s"}}},
        {direct_method,
         {{"/methodName", "s"},
          {"/responseTimeoutInSeconds", "ni"},
          {"/connectTimeoutInSeconds", "ni"}}},
        {device_query, {{"/query", ""}}},
    }));
    const std::vector<std::pair<char, json>> kinds{
        {'n', nullptr},          {'b', true},      {'i', 7}, {'s', "x"},
        {'a', json::array({1})}, {'o', {{"a", 1}}}};
    mistaken_world w;
    for (const auto& [place, kinds_allowed] : allowed) {
        for (const auto& [kind, value] : kinds) {
            if (kinds_allowed.find(kind) == std::string::npos) {
                json body = json::parse(o.good);
                REQUIRE(body.contains(json::json_pointer(place)));
                body[json::json_pointer(place)] = value;
                w.check_refused(o, body.dump());
            }
        }
    }
    w.check_unchanged();
}
