// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/pins.h"

#include <QCoreApplication>

#include <algorithm>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// The number of the hour, day, Monday or month that a time lies in.
std::int32_t stepOf(Timestamp time, Dimension step, const ReportingCalendar& calendar)
{
    if (step == Dimension::Hour)
        return calendar.localHour(time);
    if (step == Dimension::Month)
        return calendar.monthOf(time);
    const std::int32_t day = calendar.dayOf(time);
    // 1970-01-01 was a Thursday: three days behind a Monday.
    return step == Dimension::Week ? day - ((day + 3) - floorDivide(day + 3, 7) * 7) : day;
}

} // namespace

namespace {

struct AnnotationTexts
{
    Q_DECLARE_TR_FUNCTIONS(Annotation)
};

} // namespace

QString annotationKindTitle(const std::string& kind)
{
    return kind == "deploy"         ? AnnotationTexts::tr("deploy")
           : kind == "price-change" ? AnnotationTexts::tr("price change")
           : kind == "incident"     ? AnnotationTexts::tr("incident")
                                    : AnnotationTexts::tr("note");
}

std::vector<PlotPin> pinsOf(const std::vector<Annotation>& annotations, const std::vector<std::int32_t>& steps,
                            Dimension step, const ReportingCalendar& calendar)
{
    std::vector<PlotPin> pins;
    for (const Annotation& annotation : annotations) {
        const auto at = std::find(steps.begin(), steps.end(), stepOf(annotation.time, step, calendar));
        if (at == steps.end())
            continue;
        const QString text = annotation.kind == "note"
                                 ? toQt(annotation.text)
                                 : u"%1: %2"_s.arg(annotationKindTitle(annotation.kind), toQt(annotation.text));
        pins.push_back({.category = static_cast<int>(at - steps.begin()), .text = text});
    }
    return pins;
}

} // namespace plumbline
