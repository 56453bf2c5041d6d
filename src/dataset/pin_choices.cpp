#include "dataset/pin_choices.hpp"

#include <algorithm>
#include <array>

#include "dataset/column_parsers.hpp"
#include "dataset/field_text.hpp"
#include "mf/error.hpp"
#include "mf/identity/ref.hpp"
#include "mf/time.hpp"

namespace mf::dataset {
namespace {

constexpr std::size_t kLongestName = 128;
constexpr std::size_t kNamesInMessage = 30;

struct Choice {
  Role role;
  std::string column;
  std::string purpose;
};

void add(std::vector<Choice>& choices, Role role, const std::optional<std::string>& column, const char* purpose) {
  if (column) choices.push_back({role, *column, purpose});
}

/// What the user named, in the order in which a column lists its roles.
std::vector<Choice> choices_of(const PinSettings::Columns& columns) {
  std::vector<Choice> choices;
  add(choices, Role::subject_key, columns.id, "id");
  add(choices, Role::event_time, columns.time, "time");
  add(choices, Role::entity_key, columns.entity, "entity");
  add(choices, Role::label, columns.label, "label");
  add(choices, Role::label_observed_time, columns.label_time, "label time");
  add(choices, Role::feature_time, columns.feature_time, "feature time");
  add(choices, Role::amount, columns.amount, "amount");
  add(choices, Role::weight, columns.weight, "weight");
  for (const auto& slice : columns.slices) add(choices, Role::slice, slice, "slice");
  for (const auto& feature : columns.features) add(choices, Role::feature, feature, "feature");
  for (const auto& category : columns.categories) add(choices, Role::category, category, "category");
  if (columns.features.empty()) add(choices, Role::feature, columns.amount, "feature");
  return choices;
}

void require_given(const std::string& value, const char* what, const char* hint) {
  if (!value.empty()) return;
  throw Error(Code::USAGE, std::string("pinning a file needs ") + what, {{"setting", what}}, hint);
}

void require_columns_given(const PinSettings::Columns& columns) {
  require_given(columns.id, "the id column", "Name the column that identifies each event.");
  require_given(columns.time, "the time column", "Name the column that says when each event happened.");
  require_given(columns.label, "the label column", "Name the column that says fraud (1) or not (0).");
  require_given(columns.label_time, "the label time column",
                "Name the column that says when each label was observed; if labels were known at once, name the "
                "event-time column.");
}

void require_texts_given(const PinSettings& settings) {
  require_given(settings.platform_run_id, "the platform run id", "Say which platform run the file belongs to.");
  require_given(settings.label_asof, "the label as-of time",
                "Say up to when labels were collected, such as 2026-02-10T00:00:00Z.");
  require_given(settings.resolution_rule, "the label resolution rule", "Use observed_time<=label_asof_utc.");
  require_given(settings.feature_set_id, "the feature set id",
                "Name the feature set; the training profile names the same.");
  require_given(settings.feature_set_version, "the feature set version",
                "Name the version of the feature set; the training profile names the same.");
  require_given(settings.ofs_code_release_id, "the code release that made the file",
                "Name it, such as git:79830c71c2.");
  require_given(settings.config_revision, "the configuration revision that made the file", "Name it, such as ofs@r1.");
}

[[noreturn]] void refuse_setting(const std::string& what, const std::string& value, const std::string& hint) {
  throw Error(Code::USAGE, what + ", not '" + printable(value, 64) + "'", {{"observed", printable(value, 64)}}, hint);
}

bool is_time_type(std::string_view name) { return name == "timestamp" || name == "epoch_s" || name == "epoch_ms"; }

[[noreturn]] void refuse_header(const FileHeader& header, const std::string& what, const std::string& hint) {
  if (header.place == HeaderPlace::schema)
    throw Error(Code::DATA_INVALID, header.file + ": the schema " + what, {{"file", header.file}}, hint);
  throw Error(Code::DATA_INVALID, header.file + ", line 1: the header " + what, {{"file", header.file}, {"line", "1"}},
              hint);
}

void require_usable_name(const FileHeader& header, std::size_t place) {
  const std::string_view name = header.names[place];
  const std::string column = "column " + std::to_string(place + 1);
  const std::string hint = "Give each column a name of 1 to 128 bytes of UTF-8.";
  if (name.empty()) refuse_header(header, "has no name for " + column, hint);
  if (name.size() > kLongestName || !is_clean_text(name)) {
    refuse_header(header, "has a name for " + column + " that is too long or not UTF-8", hint);
  }
}

void require_commas(const FileHeader& header) {
  if (header.place == HeaderPlace::schema || header.names.size() > 1) return;
  if (header.names[0].find_first_of(";\t|") == std::string_view::npos) return;
  refuse_header(header, "has a single column; its fields seem to be separated by something else than commas",
                "Save the file with commas between fields.");
}

void require_usable(const FileHeader& header) {
  require_commas(header);
  const auto begin = header.names.begin();
  for (std::size_t i = 0; i < header.names.size(); ++i) {
    require_usable_name(header, i);
    const auto before = begin + static_cast<std::ptrdiff_t>(i);
    if (std::find(begin, before, header.names[i]) == before) continue;
    refuse_header(header, "has the column '" + printable(header.names[i], 64) + "' twice",
                  "Give each column its own name.");
  }
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesInMessage); ++i) {
    list += (i == 0 ? "" : ", ") + printable(names[i], 64);
  }
  return names.size() > kNamesInMessage ? list + ", and " + std::to_string(names.size() - kNamesInMessage) + " more"
                                        : list;
}

[[noreturn]] void refuse_unknown(const Choice& choice, const std::vector<ChosenColumn>& columns,
                                 const std::string& file_name) {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const auto& column : columns) names.push_back(column.name);
  const auto near = near_miss(choice.column, names);
  throw Error(Code::USAGE,
              "the " + choice.purpose + " column '" + printable(choice.column, 64) + "' is not in the header of " +
                  file_name + (near ? " (did you mean '" + printable(*near, 64) + "'?)" : ""),
              {{"column", printable(choice.column, 64)}, {"file", file_name}},
              "The columns are: " + listed(names) + ".");
}

void require_compatible(const ChosenColumn& column) {
  if (column.roles.size() < 2 || all_roles_in(column, kNameRoles) || all_roles_in(column, kTimeRoles) ||
      all_roles_in(column, kNumberRoles)) {
    return;
  }
  std::string roles;
  for (const auto role : column.roles)
    roles += (roles.empty() ? "" : ", ") + std::string(role == Role::category ? "category" : name_of(role));
  throw Error(
      Code::USAGE,
      "the column '" + printable(column.name, 64) + "' is chosen for purposes that exclude each other: " + roles,
      {{"column", printable(column.name, 64)}}, "Choose the column for one of them only.");
}

void give_role(std::vector<ChosenColumn>& columns, const Choice& choice, const std::string& file_name) {
  const auto column =
      std::find_if(columns.begin(), columns.end(), [&](const ChosenColumn& c) { return c.name == choice.column; });
  if (column == columns.end()) refuse_unknown(choice, columns, file_name);
  if (column->is(choice.role)) {
    throw Error(Code::USAGE,
                "the column '" + printable(choice.column, 64) + "' is named as a " + choice.purpose + " twice",
                {{"column", printable(choice.column, 64)}}, "Name it once.");
  }
  column->roles.push_back(choice.role);
}

}  // namespace

bool ChosenColumn::is(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

bool all_roles_in(const ChosenColumn& column, std::span<const Role> family) {
  return std::all_of(column.roles.begin(), column.roles.end(),
                     [&](Role role) { return std::find(family.begin(), family.end(), role) != family.end(); });
}

void require_complete(const PinSettings& settings) {
  require_columns_given(settings.columns);
  require_texts_given(settings);
  if (!identity::is_path_safe_id(settings.platform_run_id)) {
    refuse_setting("the platform run id must be 1 to 128 characters out of A-Z a-z 0-9 _ . : -",
                   settings.platform_run_id, "Use an id such as platform_20260210T091951Z.");
  }
  if (!parse_utc(settings.label_asof)) {
    refuse_setting("the label as-of time must be an RFC 3339 time", settings.label_asof,
                   "Write date, time and offset, such as 2026-02-10T00:00:00Z.");
  }
  if (settings.maturity_days.value_or(0) < 0) {
    refuse_setting("maturity days must be 0 or more", std::to_string(*settings.maturity_days),
                   "Say after how many days an event without a fraud report counts as legitimate.");
  }
  if (!is_time_type(settings.time_type)) {
    refuse_setting("the time type must be timestamp, epoch_s or epoch_ms", settings.time_type,
                   "Use epoch_s or epoch_ms for counts of seconds or milliseconds since 1970-01-01T00:00:00Z.");
  }
}

std::vector<ChosenColumn> choose_columns(const PinSettings& settings, const FileHeader& header) {
  require_usable(header);
  std::vector<ChosenColumn> columns;
  columns.reserve(header.names.size());
  for (const auto name : header.names) columns.push_back({std::string(name), {}});
  for (const auto& choice : choices_of(settings.columns)) give_role(columns, choice, header.file);
  for (const auto& column : columns) require_compatible(column);
  return columns;
}

}  // namespace mf::dataset
