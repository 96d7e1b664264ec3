#include "emulator/core/uploads/upload_service.hpp"

#include "support/catch.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"

namespace iothub::core {

namespace {

const identity_key device{"dev1", ""};

const blob_storage azurite{"127.0.0.1:10000", "devstoreaccount1", true, "uploads",
                           "MDEyMzQ1Njc4OWFiY2RlZg=="};

struct world {
    test::manual_clock clock;
    test::fixed_ids ids;
    upload_service uploads{azurite, clock, ids};

    std::string begun(const identity_key& who = device) {
        const auto ticket = uploads.begin(who, "log.txt");
        REQUIRE(ticket);
        return ticket->correlation_id;
    }
};

} // namespace

TEST_CASE("a device gets a place below its own name", "[uploads]") {
    world w;
    const auto ticket = w.uploads.begin(device, "logs/today.txt");
    REQUIRE(ticket);
    CHECK(ticket->host_name == "127.0.0.1:10000");
    CHECK(ticket->container_name == "devstoreaccount1/uploads");
    CHECK(ticket->blob_name == "dev1/logs/today.txt");
    CHECK(ticket->sas_token.starts_with("?sv="));
    CHECK(w.uploads.begin({"dev1", "m1"}, "x")->blob_name == "dev1/m1/x");
}

TEST_CASE("with Azure's own storage the container stands alone", "[uploads]") {
    world w;
    upload_service real({{"acc.blob.core.windows.net", "acc", false, "c", azurite.account_key}},
                        w.clock, w.ids);
    CHECK(real.begin(device, "x")->container_name == "c");
}

TEST_CASE("an upload is finished once, by the device that began it", "[uploads]") {
    world w;
    const std::string id = w.begun();
    CHECK(w.uploads.finish({"dev2", ""}, id).error().code ==
          errc::invalid_file_upload_correlation_id);
    CHECK(w.uploads.finish(device, id).value() == "dev1/log.txt");
    CHECK(w.uploads.finish(device, id).error().code == errc::invalid_file_upload_correlation_id);
    CHECK_FALSE(w.uploads.finish(device, ""));
}

TEST_CASE("an upload ends by itself after an hour", "[uploads]") {
    world w;
    const std::string id = w.begun();
    w.clock.advance(upload_service::time_limit - std::chrono::seconds(1));
    const std::string younger = w.begun();
    w.clock.advance(std::chrono::seconds(1));
    CHECK_FALSE(w.uploads.finish(device, id));
    CHECK(w.uploads.finish(device, younger));
}

TEST_CASE("ten uploads of one identity may be under way", "[uploads]") {
    world w;
    std::string last;
    for (std::size_t i = 0; i < upload_service::max_uploads_of_identity; ++i) {
        last = w.begun();
    }
    CHECK(w.uploads.begin(device, "x").error().code == errc::too_many_uploads);
    w.begun({"dev2", ""});
    REQUIRE(w.uploads.finish(device, last));
    w.begun();
}

TEST_CASE("uploads end with their identity, a device's with those of its modules", "[uploads]") {
    world w;
    const std::string own = w.begun();
    const std::string of_module = w.begun({"dev1", "m1"});
    const std::string other = w.begun({"dev10", ""});
    w.uploads.forget(device);
    CHECK_FALSE(w.uploads.finish(device, own));
    CHECK_FALSE(w.uploads.finish({"dev1", "m1"}, of_module));
    CHECK(w.uploads.finish({"dev10", ""}, other));
}

TEST_CASE("a blob needs a name of 1 to 1024 characters", "[uploads]") {
    world w;
    for (const std::string& name : {std::string(), std::string(1025, 'x'), std::string("a\nb")}) {
        CAPTURE(name.size());
        CHECK(w.uploads.begin(device, name).error().code == errc::argument_invalid);
    }
    CHECK(w.uploads.begin(device, std::string(1024, 'x')));
}

TEST_CASE("without a storage the device is told what is missing", "[uploads]") {
    world w;
    upload_service none(std::nullopt, w.clock, w.ids);
    const auto refused = none.begin(device, "x");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::default_storage_endpoint_not_configured);
    CHECK(refused.error().message.find("blobStorage") != std::string::npos);
}

} // namespace iothub::core
