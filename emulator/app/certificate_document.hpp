#pragma once
// `certificateAuthorities` of the configuration file (docs/configuration.md): the authorities whose
// certificates devices and modules may present. Called by config_file.

#include <filesystem>
#include <vector>

#include "emulator/app/config_members.hpp"
#include "emulator/app/seed.hpp"

namespace iothub::app {

// Each authority has a name of its own, and either a file or the PEM text itself. No file is opened
// yet.
fault read_certificate_authorities(const json& value, std::vector<seeded_authority>& target);

// Reads the files, whose names count from `folder`, and checks every certificate. The fault's place
// begins with the element's index.
fault load_certificates(std::vector<seeded_authority>& authorities,
                        const std::filesystem::path& folder);

} // namespace iothub::app
