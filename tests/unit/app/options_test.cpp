#include "emulator/app/options.hpp"

#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("options: without names, a hub is localhost where it is reached as that") {
    app::options o;
    for (const char* host : {"127.0.0.1", "::1", "0.0.0.0", "::"}) {
        o.host = host;
        CHECK(app::effective_hostnames(o) == std::vector<std::string>{"localhost"});
    }
    o.host = "127.0.0.2";
    CHECK(app::effective_hostnames(o) == std::vector<std::string>{"127.0.0.2"});
    o.hostnames = {"hub.example", "other"};
    CHECK(app::effective_hostnames(o) == o.hostnames);
}

TEST_CASE("options: the certificate bears the names, and a specific address") {
    app::options o;
    CHECK(app::certificate_names(o) == std::vector<std::string>{"localhost"});
    o.hostnames = {"hub.example"};
    CHECK(app::certificate_names(o) == o.hostnames);
    o.host = "127.0.0.2";
    CHECK(app::certificate_names(o) == std::vector<std::string>{"hub.example", "127.0.0.2"});
    o.hostnames = {"127.0.0.2"};
    CHECK(app::certificate_names(o) == o.hostnames);
    o.host = "0.0.0.0";
    o.hostnames = {"hub.example"};
    CHECK(app::certificate_names(o) == o.hostnames);
}

TEST_CASE("options: the CA is where the user wanted it, else in the data folder, else nowhere") {
    app::options o;
    o.data_dir = "/data/./hub";
    CHECK(app::ca_file_of(o) == "/data/hub/ca.pem");
    o.in_memory = true;
    CHECK(app::ca_file_of(o).empty());
    o.ca_file = "/tmp/trust.pem";
    CHECK(app::ca_file_of(o) == "/tmp/trust.pem");
}
