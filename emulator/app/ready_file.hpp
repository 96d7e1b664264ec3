#pragma once
// `--ready-file`: JSON for scripts that wait for the hub, there from the moment every listener is
// bound until the hub ends.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace iothub::app {

class server;

class ready_file {
public:
    // Writes the file under another name and renames it. start_up_error where it cannot be written.
    ready_file(std::filesystem::path file, const server& running);
    ~ready_file();
    ready_file(const ready_file&) = delete;
    ready_file& operator=(const ready_file&) = delete;

private:
    std::filesystem::path file_;
};

// Where a running hub's management port is.
struct management_place {
    std::string host;
    std::uint16_t port = 0;
};

// As its ready file tells; nothing where there is no such file.
std::optional<management_place> management_place_in(const std::filesystem::path& ready_file);

} // namespace iothub::app
