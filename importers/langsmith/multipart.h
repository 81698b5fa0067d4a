// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::langsmith {

/// One part of a multipart body; texts belong to the body.
struct Part
{
    std::string_view name = {};
    std::string_view contentType = {};
    std::string_view encoding = {}; ///< Content-Encoding, if the part has one of its own
    std::string_view body = {};
};

/// The parts of a multipart/form-data body. What does not follow the form ends the list.
std::vector<Part> partsOf(std::string_view body, std::string_view boundary);
/// Whether a body ends as a form does.
bool isWholeForm(std::string_view body, std::string_view boundary);
/// `boundary=…` of a Content-Type, with or without quotes; empty if there is none.
std::string_view boundaryOf(std::string_view contentType);

/// The runs of a multipart body, each as the JSON object that a batch would hold. `post.<id>` has the run, `post.<id>.
/// inputs` and the like its large members; attachments are left out.
struct MultipartRun
{
    bool isPatch = false;
    std::string json = {};
};
std::vector<MultipartRun> runsOf(const std::vector<Part>& parts);
/// Bodies of `feedback.<id>` parts.
std::vector<std::string_view> feedbackOf(const std::vector<Part>& parts);

} // namespace plumbline::langsmith
