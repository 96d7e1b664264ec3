#include "emulator/storage/sqlite/tables/row_cache.hpp"

#include "contract/store_subject.hpp"

using namespace iothub;
using namespace iothub::testing;

namespace {

using small_cache = storage::row_cache<core::identity, 10'000>;
constexpr std::size_t half = 875; // of the text that fills it
static_assert(small_cache::memory_of(half) * 2 == small_cache::max_bytes);

} // namespace

TEST_CASE("the cache finds what it keeps until it is told to forget", "[row_cache]") {
    small_cache cache;
    CHECK(cache.find({"a", ""}) == nullptr);
    cache.keep(make_identity("a"), 100);
    cache.keep(make_identity("a", "m"), 100);
    REQUIRE(cache.find({"a", ""}) != nullptr);
    CHECK(*cache.find({"a", ""}) == make_identity("a"));
    cache.forget({"a", ""});
    cache.forget({"unknown", ""});
    CHECK(cache.find({"a", ""}) == nullptr);
    CHECK(cache.find({"a", "m"}) != nullptr);
    cache.forget_all();
    CHECK(cache.find({"a", "m"}) == nullptr);
}

TEST_CASE("the cache forgets all where there is no room for one more", "[row_cache]") {
    small_cache cache;
    cache.keep(make_identity("a"), half);
    cache.keep(make_identity("b"), half);
    CHECK(cache.find({"a", ""}) != nullptr);
    cache.keep(make_identity("c"), 1);
    CHECK(cache.find({"a", ""}) == nullptr);
    CHECK(cache.find({"b", ""}) == nullptr);
    CHECK(cache.find({"c", ""}) != nullptr);
}

TEST_CASE("what the cache forgot makes room again", "[row_cache]") {
    small_cache cache;
    cache.keep(make_identity("a"), half);
    cache.keep(make_identity("b"), half);
    cache.forget({"a", ""});
    cache.keep(make_identity("c"), half);
    CHECK(cache.find({"b", ""}) != nullptr);
    CHECK(cache.find({"c", ""}) != nullptr);
}

TEST_CASE("the cache does not take what alone is too large", "[row_cache]") {
    small_cache cache;
    cache.keep(make_identity("a"), 100);
    cache.keep(make_identity("b"), small_cache::max_bytes);
    CHECK(cache.find({"b", ""}) == nullptr);
    CHECK(cache.find({"a", ""}) != nullptr);
}

TEST_CASE("what the cache keeps anew takes the place of what it knew", "[row_cache]") {
    small_cache cache;
    cache.keep(make_identity("a"), half);
    core::identity changed = make_identity("a");
    changed.enabled = !changed.enabled;
    cache.keep(changed, half);
    cache.keep(make_identity("b"), half);
    REQUIRE(cache.find({"a", ""}) != nullptr);
    CHECK(*cache.find({"a", ""}) == changed);
}
