#include "emulator/app/stderr_log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <chrono>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "common/redaction.hpp"
#include "common/timestamp.hpp"

namespace iothub::app {

namespace {

spdlog::level::level_enum spdlog_level(log_level level) {
    switch (level) {
    case log_level::trace:
        return spdlog::level::trace;
    case log_level::debug:
        return spdlog::level::debug;
    case log_level::info:
        return spdlog::level::info;
    case log_level::warning:
        return spdlog::level::warn;
    case log_level::error:
        return spdlog::level::err;
    case log_level::off:
        return spdlog::level::off;
    }
    return spdlog::level::info;
}

std::string json_line(log_level level, std::string_view component, std::string_view text) {
    const auto now = std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
    return to_text(json{{"time", iso_8601(now)},
                        {"level", level_name(level)},
                        {"component", component},
                        {"message", redacted(text)}});
}

class stderr_log final : public iothub::log {
public:
    stderr_log(log_level level, log_format format)
        : logger_("iothub", std::make_shared<spdlog::sinks::stderr_color_sink_st>())
        , format_(format) {
        logger_.set_level(spdlog_level(level));
        logger_.flush_on(spdlog::level::trace);
        logger_.set_pattern(format == log_format::json ? "%v" : "%Y-%m-%dT%H:%M:%S.%eZ %^%-7l%$ %v",
                            spdlog::pattern_time_type::utc);
    }

    void write(log_level level, std::string_view component, std::string_view text) override {
        if (!wants(level)) {
            return;
        }
        if (format_ == log_format::json) {
            logger_.log(spdlog_level(level), "{}", json_line(level, component, text));
        } else {
            logger_.log(spdlog_level(level), "{}: {}", component, redacted(text));
        }
    }

    bool wants(log_level level) const override { return logger_.should_log(spdlog_level(level)); }

private:
    spdlog::logger logger_;
    log_format format_;
};

} // namespace

std::unique_ptr<iothub::log> make_stderr_log(log_level level, log_format format) {
    return std::make_unique<stderr_log>(level, format);
}

} // namespace iothub::app
