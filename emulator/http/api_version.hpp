#pragma once
// The api-version of a request (service API §1.1; row L03).

#include <string_view>

namespace iothub::http {

// Any date `YYYY-MM-DD`, also with `-preview`, from 2016-11-14 on.
bool is_known_api_version(std::string_view text);

} // namespace iothub::http
