#pragma once
// The files of the page (emulator/management/page), as the build put them into the program
// (cmake/embed_page.cmake).

#include <string_view>

namespace iothub::management {

struct embedded_file {
    std::string_view path; // "views/hub.js"
    std::string_view content_type;
    std::string_view etag; // quoted
    std::string_view content;
};

// Null: there is none.
const embedded_file* find_embedded_file(std::string_view path);

} // namespace iothub::management
