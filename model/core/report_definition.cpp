// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/report_definition.h"

namespace plumbline {

std::string_view idOf(ReportForm form)
{
    return form == ReportForm::Long ? "long" : "short";
}

std::string_view idOf(PaperSize paper)
{
    return paper == PaperSize::A4 ? "a4" : "letter";
}

Result<ReportForm> reportFormFromId(std::string_view id)
{
    for (const ReportForm form : {ReportForm::Long, ReportForm::Short})
        if (id == idOf(form))
            return form;
    return fail(ErrorKind::Usage, "'" + std::string(id) + "' is no form of a report: long or short");
}

Result<PaperSize> paperSizeFromId(std::string_view id)
{
    for (const PaperSize paper : {PaperSize::A4, PaperSize::Letter})
        if (id == idOf(paper))
            return paper;
    return fail(ErrorKind::Usage, "'" + std::string(id) + "' is no paper: a4 or letter");
}

Result<> checked(const ReportDefinition& definition)
{
    constexpr std::int32_t mostBack = 1200;
    if (definition.name.empty())
        return fail(ErrorKind::Usage, "a report needs a name");
    if (definition.monthsBack < 0 || definition.monthsBack > mostBack)
        return fail(ErrorKind::Usage, "a report is about this month (0) or one before it (1, 2, …)");
    return {};
}

} // namespace plumbline
