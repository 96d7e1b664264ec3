#pragma once
// Imports devices and modules, and configurations where they are wanted: each line of a blob is
// applied by itself (service API §1.5; row J05). What is wrong with a line goes into
// importErrors.log, which is empty when all is well; the job goes on. IoT Edge devices keep the
// scopes that the file gives them, and those who stand below them may come before them.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "emulator/core/registry/registry_import.hpp"
#include "emulator/core/transfers/block_writer.hpp"
#include "emulator/core/transfers/configuration_transfer.hpp"
#include "emulator/core/transfers/import_passes.hpp"
#include "emulator/core/transfers/line_reader.hpp"
#include "emulator/core/transfers/transfer_request.hpp"
#include "emulator/core/transfers/transfer_run.hpp"

namespace iothub::core {

inline constexpr const char* import_errors_blob = "importErrors.log";

class import_run final : public transfer_run {
public:
    // All of them outlive the run.
    import_run(registry_import registry, blob_container& input, blob_container& output,
               const transfer_request& asked, const configuration_transfer& configurations);

    void work() override;
    int progress() const override;

private:
    using line_taker = result<> (import_run::*)(const json& line);
    struct source {
        std::string blob;
        line_taker apply;
    };

    bool present() const { return present_ < sources_.size(); }
    void read_on();
    void end_pass();
    void take(const text_line& line);
    bool may_succeed_later(const json& line, const error& why) const;
    result<> apply_device(const json& line);
    result<> apply_configuration(const json& line);
    void log_error(const json& line, const error& why);

    registry_import registry_;
    const configuration_transfer& configurations_;
    blob_container& input_;
    std::vector<source> sources_;
    std::size_t present_ = 0;          // the source that is read
    std::optional<line_reader> lines_; // of it
    import_passes passes_;             // over it
    block_writer errors_;
};

} // namespace iothub::core
