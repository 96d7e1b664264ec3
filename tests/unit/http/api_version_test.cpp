#include "emulator/http/api_version.hpp"

#include "support/catch.hpp"

using iothub::http::is_known_api_version;

TEST_CASE("api-version: any date since the first one") {
    CHECK(is_known_api_version(GENERATE("2016-11-14", "2018-06-30", "2020-03-13",
                                        "2020-05-31-preview", "2020-09-30", "2021-04-12",
                                        "2024-03-31", "2099-12-31")));
}

TEST_CASE("api-version: anything else is not known") {
    const std::string text =
        GENERATE("", "2016-11-13", "2015-01-01", "2021-4-12", "2021-04-31", "2021-13-01",
                 "2021-00-10", "2021-04-12-beta", "2021-04-12 ", "20210412", "abcd-ef-gh",
                 "-021-04-12", "2021-+4-12", "2021-04-12-preview-preview");
    INFO(text);
    CHECK_FALSE(is_known_api_version(text));
}
