#pragma once
// A twin document: what a device or module reads of its own (desired and reported properties), or
// what a service reads (tags, metadata and identity members too).

#include <cstdint>
#include <memory>
#include <string>

#include "iothub/json_fwd.hpp"

namespace iothub {

// A cheap, immutable copy. Members that the document lacks read as an empty object, an empty text
// or 0.
class twin {
public:
    // The service's form: `{"deviceId":…,"etag":…,"tags":{…},"properties":{"desired":…}}`.
    explicit twin(json document);

    const json& document() const noexcept;

    // `{"desired":{…,"$version":n},"reported":{…,"$version":n}}`
    const json& properties() const;
    const json& desired() const;
    const json& reported() const;
    std::int64_t desired_version() const;
    std::int64_t reported_version() const;

    // Service side only.
    const json& tags() const;
    std::string device_id() const;
    std::string module_id() const;
    std::string etag() const; // as update_twin takes it
    std::int64_t version() const;

    // Compact JSON text of properties().
    std::string properties_text() const;

private:
    std::shared_ptr<const json> document_;
};

} // namespace iothub
