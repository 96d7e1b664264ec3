#include "emulator/net/certificates/certificate_files.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "emulator/net/certificates/certificate_authority.hpp"
#include "emulator/net/certificates/certificate_inspection.hpp"
#include "support/catch.hpp"

namespace {

using namespace iothub;
using namespace iothub::net;
using std::chrono::days;
namespace fs = std::filesystem;

const timestamp today = *parse_iso_8601("2030-05-17T12:00:00Z");

class data_folder {
public:
    data_folder() {
        std::string pattern = (fs::temp_directory_path() / "unit_net.XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~data_folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }

    result<hub_certificates> load(timestamp now = today,
                                  const std::vector<std::string>& names = {"hub.example"}) const {
        return load_or_create_certificates(path, names, now);
    }

    void write(const std::string& name, const std::string& content) const {
        std::ofstream(path / name, std::ios::binary) << content;
    }

    // Every file with its content.
    std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> found;
        for (const auto& entry : fs::directory_iterator(path)) {
            std::ifstream in(entry.path(), std::ios::binary);
            found[entry.path().filename()] = {std::istreambuf_iterator<char>(in), {}};
        }
        return found;
    }

    fs::path path;
};

mode_t mode_of(const fs::path& file) {
    struct stat status{};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    return status.st_mode & 07777;
}

bool mentions(const error& e, const std::string& text) {
    return e.message.find(text) != std::string::npos;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("an empty data folder gets a CA and a server certificate, whatever the umask") {
    const data_folder folder;
    const mode_t umask_before = ::umask(0277);
    const auto made = folder.load();
    ::umask(umask_before);
    REQUIRE(made.has_value());
    CHECK(made->notes ==
          texts{"CA certificate created: clients have to trust it", "server certificate created"});
    const auto files = folder.files();
    REQUIRE(files.size() == 4);
    CHECK(files.at("ca.pem") == made->ca_pem);
    CHECK(files.at("server.pem") == made->server.certificate_pem);
    CHECK(files.at("server.key") == made->server.key_pem);
    CHECK(check_pair(made->server).has_value());
    CHECK(check_pair({made->ca_pem, files.at("ca.key")}).has_value());
    CHECK(issued_by(made->server.certificate_pem, made->ca_pem).value());
    CHECK(covers(made->server.certificate_pem, {"hub.example"}).value());
    CHECK(mode_of(folder.path / "ca.key") == 0600);
    CHECK(mode_of(folder.path / "server.key") == 0600);
    CHECK(mode_of(folder.path / "ca.pem") == 0644);
    CHECK(mode_of(folder.path / "server.pem") == 0644);
}

TEST_CASE("certificates that are still good are loaded as they are") {
    const data_folder folder;
    REQUIRE(folder.load().has_value());
    const auto before = folder.files();
    const auto loaded = folder.load(today + days(700));
    REQUIRE(loaded.has_value());
    CHECK(loaded->notes.empty());
    CHECK(loaded->server.certificate_pem == before.at("server.pem"));
    CHECK(folder.files() == before);
}

TEST_CASE("the server certificate is renewed with the same key and the same CA") {
    const data_folder folder;
    REQUIRE(folder.load().has_value());
    const auto before = folder.files();

    SECTION("for a new name") {
        const auto renewed = folder.load(today, {"hub.example", "new.example"});
        REQUIRE(renewed.has_value());
        CHECK(renewed->notes ==
              texts{"server certificate renewed: it does not cover every host name"});
        CHECK(covers(renewed->server.certificate_pem, {"new.example"}).value());
    }
    SECTION("before it expires") {
        const auto later = today + days(800);
        const auto renewed = folder.load(later);
        REQUIRE(renewed.has_value());
        CHECK(renewed->notes.size() == 1);
        CHECK(expiry_of(renewed->server.certificate_pem).value() > later + days(800));
    }

    const auto after = folder.files();
    CHECK(after.at("server.pem") != before.at("server.pem"));
    CHECK(after.at("server.key") == before.at("server.key"));
    CHECK(after.at("ca.pem") == before.at("ca.pem"));
    CHECK(after.at("ca.key") == before.at("ca.key"));
    CHECK(after.size() == 4);
}

TEST_CASE("an expired CA is replaced, an expiring one is only announced") {
    const data_folder folder;
    REQUIRE(folder.load().has_value());
    const auto before = folder.files();

    const auto warned = folder.load(today + days(3640));
    REQUIRE(warned.has_value());
    CHECK(warned->notes.at(0) ==
          "CA certificate expires on 2040-05-16T11:00:00Z: it will then be replaced, and clients "
          "have to trust the new one");
    CHECK(folder.files().at("ca.pem") == before.at("ca.pem"));

    const auto replaced = folder.load(today + days(3652));
    REQUIRE(replaced.has_value());
    CHECK(replaced->notes.size() == 2);
    CHECK(replaced->ca_pem != before.at("ca.pem"));
    CHECK(issued_by(replaced->server.certificate_pem, replaced->ca_pem).value());
    CHECK(folder.load(today + days(3653))->notes.empty());
}

TEST_CASE("a creation that was interrupted after the key is completed") {
    const data_folder folder;
    REQUIRE(folder.load().has_value());
    const auto before = folder.files();

    SECTION("of the server certificate") {
        fs::remove(folder.path / "server.pem");
        const auto completed = folder.load();
        REQUIRE(completed.has_value());
        CHECK(completed->server.key_pem == before.at("server.key"));
        CHECK(completed->ca_pem == before.at("ca.pem"));
    }
    SECTION("of the CA") {
        fs::remove(folder.path / "ca.pem");
        const auto completed = folder.load();
        REQUIRE(completed.has_value());
        CHECK(folder.files().at("ca.key") == before.at("ca.key"));
        CHECK(issued_by(completed->server.certificate_pem, completed->ca_pem).value());
    }
    SECTION("while writing a temporary file") {
        folder.write("server.pem.new", "half");
        REQUIRE(folder.load(today, {"new.example"}).has_value());
        CHECK(folder.files().size() == 4);
    }
}

TEST_CASE("damaged files are named with a remedy, and nothing is touched") {
    const data_folder folder;
    REQUIRE(folder.load().has_value());
    const auto good = folder.files();
    const std::string other_key = create_private_key();

    const auto [file, content] =
        GENERATE_COPY(table<std::string, std::string>({{"ca.pem", "hello"},
                                                       {"ca.pem", ""},
                                                       {"ca.pem", good.at("ca.pem").substr(0, 300)},
                                                       {"ca.key", "hello"},
                                                       {"ca.key", other_key},
                                                       {"server.pem", "hello"},
                                                       {"server.pem", std::string(2'000'000, 'x')},
                                                       {"server.key", ""},
                                                       {"server.key", other_key}}));
    CAPTURE(file, content.substr(0, 20));
    folder.write(file, content);
    const auto before = folder.files();
    const auto loaded = folder.load(today, {"new.example"});
    REQUIRE(loaded.has_error());
    CHECK(mentions(loaded.error(), (folder.path / file).string()));
    CHECK(mentions(loaded.error(), "remove both"));
    CHECK(folder.files() == before);
}

TEST_CASE("a certificate without its key is an error, and so is a damaged key without one") {
    const data_folder folder;
    REQUIRE(folder.load().has_value());
    const std::string name = GENERATE("ca", "server");
    SECTION("no key") {
        fs::remove(folder.path / (name + ".key"));
        CHECK(mentions(folder.load().error(), name + ".key is missing beside"));
        CHECK(folder.files().size() == 3);
    }
    SECTION("damaged key") {
        fs::remove(folder.path / (name + ".pem"));
        folder.write(name + ".key", "x");
        CHECK(mentions(folder.load().error(), name + ".key: no readable private key"));
        CHECK(folder.files().size() == 3);
    }
}

TEST_CASE("a name that no certificate can hold leaves the folder untouched") {
    const data_folder folder;
    const auto made = folder.load(today, {"not a name"});
    REQUIRE(made.has_error());
    CHECK(made.error().code == errc::argument_invalid);
    CHECK(folder.files().empty());
}

TEST_CASE("a folder that is not there is named") {
    const auto made = load_or_create_certificates("/nonexistent/folder", {}, today);
    REQUIRE(made.has_error());
    CHECK(mentions(made.error(), "/nonexistent/folder/ca.key cannot be written: No such file"));
}

TEST_CASE("certificates in memory are whole") {
    const auto made = create_certificates({"hub.example"}, today);
    REQUIRE(made.has_value());
    CHECK(check_pair(made->server).has_value());
    CHECK(issued_by(made->server.certificate_pem, made->ca_pem).value());
    CHECK(create_certificates({"not a name"}, today).has_error());
}
