#include "bench/accuracy/rows.h"

#include <algorithm>

#include "bench/accuracy/metrics/interval.h"

namespace burin::accuracy {
namespace {

using bench::Field;
using bench::Number;
using bench::Report;
using bench::Text;

Field Count(std::string_view name, size_t value) { return Number(name, static_cast<double>(value), 0); }

std::vector<Field> Start(const Cell& cell, const std::string& ranker) {
  return {Text("set", cell.set), Text("noise", cell.noise), Text("ranker", ranker)};
}

std::vector<Placement> Placements(const RankedBy& ranked) {
  std::vector<Placement> placements;
  for (const Outcome& outcome : ranked.outcomes) placements.push_back(outcome.place);
  return placements;
}

std::optional<double> RecallOf(const std::vector<RankedBy>& all, std::string_view ranker) {
  for (const RankedBy& ranked : all) {
    if (ranked.ranker == ranker) return Summarize(Placements(ranked)).recall_at_1;
  }
  return std::nullopt;
}

void AddQuantiles(const Cell& cell, const std::string& ranker, std::string_view kind, const std::vector<double>& lrs,
                  Report* report) {
  constexpr double kShares[] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
  constexpr const char* kNames[] = {"1%", "5%", "25%", "50%", "75%", "95%", "99%"};
  std::vector<Field> row = Start(cell, ranker);
  row.push_back(Text("trials of", kind));
  const std::vector<double> quantiles = Quantiles(lrs, kShares);
  for (size_t i = 0; i < quantiles.size(); ++i) row.push_back(Number(kNames[i], quantiles[i], 2));
  report->Add("log10 LR, quantiles", std::move(row));
}

void AddCalibration(const Cell& cell, const std::string& ranker, std::string_view what, std::string_view registry,
                    const std::vector<Judged>& answers, Report* report) {
  const EceOfPerfection perfect = PerfectEce(answers, cell.seed);
  const Confident confident = CountConfident(answers, 0.99);
  std::vector<Field> row = Start(cell, ranker);
  const double wrong = static_cast<double>(confident.wrong), sure = static_cast<double>(confident.answers);
  row.insert(row.end(), {Text("registry", registry), Text("posterior of", what), Count("answers", answers.size()),
                         Number("ECE", Ece(answers), 4), Number("perfect", perfect.mean, 4),
                         Number("97.5%", perfect.high, 4), Number("excess", Ece(answers) - perfect.mean, 4),
                         Count("above 0.99", confident.answers), Count("wrong", confident.wrong),
                         Number("share", sure > 0 ? std::optional<double>(wrong / sure) : std::nullopt, 4),
                         Number("high", Wilson(wrong, sure).high, 4)});
  report->Add("calibration", std::move(row));
}

void AddTable(const Cell& cell, const std::string& ranker, std::string_view what, std::string_view registry,
              const std::vector<Judged>& answers, Report* report) {
  for (const CalibrationBin& bin : CalibrationTable(answers)) {
    if (bin.answers == 0) continue;
    const double right = static_cast<double>(bin.right), n = static_cast<double>(bin.answers);
    const Interval interval = Wilson(right, n);
    std::vector<Field> row = Start(cell, ranker);
    row.insert(row.end(),
               {Text("registry", registry), Text("posterior of", what), Number("from", bin.low, 3),
                Count("answers", bin.answers), Number("mean", bin.mean_posterior, 4), Number("right", right / n, 4),
                Number("low", interval.low, 4), Number("high", interval.high, 4)});
    report->Add("calibration, by posterior", std::move(row));
  }
}

void AddCllr(const Cell& cell, const std::string& ranker, std::string_view what, const LrTrials& trials,
             Report* report) {
  const double cllr = Cllr(trials), least = CllrMin(trials);
  std::vector<Field> row = Start(cell, ranker);
  row.insert(row.end(),
             {Text("LR from", what), Count("same", trials.same.size()), Count("different", trials.different.size()),
              Number("Cllr", cllr, 4), Number("Cllr_min", least, 4), Number("loss", cllr - least, 4)});
  report->Add("Cllr", std::move(row));
}

}  // namespace

void AddRegistry(const Registry& registry, Report* report) {
  report->Add("registry",
              {Text("set", registry.name), Count("rows", registry.rows), Count("unusable", registry.unusable),
               Count("repeated", registry.repeated), Count("serials", registry.serials.size())});
}

void AddDamage(const Cell& cell, const Registry& registry, const std::vector<Trial>& trials, Report* report) {
  size_t whole = 0, unreadable = 0;
  for (const Trial& trial : trials) {
    whole += trial.reading == registry.serials[trial.truth];
    unreadable += trial.reading.find(kUnreadable) != std::string::npos;
  }
  report->Add("damage", {Text("set", cell.set), Text("noise", cell.noise), Count("readings", trials.size()),
                         Count("undamaged", whole), Count("with ?", unreadable)});
}

void AddRankings(const Cell& cell, const std::vector<RankedBy>& all, Report* report) {
  const std::optional<double> osa = RecallOf(all, "osa"), knower = RecallOf(all, "knower");
  for (const RankedBy& ranked : all) {
    const Ranking ranking = Summarize(Placements(ranked));
    const double n = static_cast<double>(ranking.readings);
    const Interval at_1 = Wilson(ranking.recall_at_1 * n, n), at_10 = Wilson(ranking.recall_at_10 * n, n);
    std::optional<double> gain;
    if (osa && knower && *knower > *osa) gain = (ranking.recall_at_1 - *osa) / (*knower - *osa);
    const auto incomplete = std::count_if(ranked.outcomes.begin(), ranked.outcomes.end(),
                                          [](const Outcome& outcome) { return !outcome.complete; });
    std::vector<Field> row = Start(cell, ranked.ranker);
    row.insert(
        row.end(),
        {Count("readings", ranking.readings), Number("recall@1", ranking.recall_at_1, 4), Number("low", at_1.low, 4),
         Number("high", at_1.high, 4), Number("recall@10", ranking.recall_at_10, 4), Number("low 10", at_10.low, 4),
         Number("high 10", at_10.high, 4), Number("MRR", ranking.reciprocal_rank, 4), Number("gain", gain, 3),
         Count("unlisted", ranking.missing), Count("incomplete", static_cast<size_t>(incomplete))});
    report->Add("ranking", std::move(row));
  }
}

void AddEvidence(const Cell& cell, const std::vector<RankedBy>& all, Report* report) {
  for (const RankedBy& ranked : all) {
    const LrFigures figures = JudgeLrs(ranked.outcomes);
    const double n = static_cast<double>(ranked.outcomes.size()), excluded = static_cast<double>(figures.excluded);
    const Interval interval = Wilson(excluded, n);
    std::vector<Field> row = Start(cell, ranked.ranker);
    row.insert(row.end(), {Count("readings", ranked.outcomes.size()), Count("excluded", figures.excluded),
                           Number("share", n > 0 ? excluded / n : 0, 4), Number("low", interval.low, 4),
                           Number("high", interval.high, 4), Count("unlisted", figures.unlisted)});
    report->Add("false exclusions", std::move(row));
  }
  for (const RankedBy& ranked : all) {
    AddCllr(cell, ranked.ranker, "log10_lr", JudgeLrs(ranked.outcomes).trials, report);
  }
  for (const RankedBy& ranked : all) {
    const LrTrials trials = JudgeLrs(ranked.outcomes).trials;
    AddQuantiles(cell, ranked.ranker, "same source", trials.same, report);
    AddQuantiles(cell, ranked.ranker, "best wrong record", trials.different, report);
  }
  for (const RankedBy& ranked : all) {
    AddCalibration(cell, ranked.ranker, "first candidate", "all", FirstCandidates(ranked.outcomes), report);
  }
  for (const RankedBy& ranked : all) {
    AddTable(cell, ranked.ranker, "first candidate", "all", FirstCandidates(ranked.outcomes), report);
  }
}

void AddOpenSet(const Cell& cell, const std::vector<RankedBy>& all, double prior_present, Report* report) {
  for (const RankedBy& ranked : all) {
    const FalseAlarms alarms = CountFalseAlarms(ranked.outcomes);
    const double absent = static_cast<double>(alarms.absent), sure = static_cast<double>(alarms.above_99);
    std::vector<Field> row = Start(cell, ranked.ranker);
    row.insert(row.end(),
               {Count("readings", ranked.outcomes.size()), Count("absent", alarms.absent),
                Count("above 0.5", alarms.above_half), Count("above 0.99", alarms.above_99),
                Number("share", absent > 0 ? sure / absent : 0, 4), Number("high", Wilson(sure, absent).high, 4)});
    report->Add("open set, false alarms", std::move(row));
  }
  for (const RankedBy& ranked : all) {
    AddCllr(cell, ranked.ranker, "odds of record", RecordOdds(ranked.outcomes, prior_present), report);
    AddCllr(cell, ranked.ranker, "odds of presence", PresenceOdds(ranked.outcomes, prior_present), report);
  }
  for (const RankedBy& ranked : all) {
    AddCalibration(cell, ranked.ranker, "first candidate", "open", FirstCandidates(ranked.outcomes), report);
    AddCalibration(cell, ranked.ranker, "not in registry", "open", Absences(ranked.outcomes), report);
  }
  for (const RankedBy& ranked : all) {
    AddTable(cell, ranked.ranker, "first candidate", "open", FirstCandidates(ranked.outcomes), report);
    AddTable(cell, ranked.ranker, "not in registry", "open", Absences(ranked.outcomes), report);
  }
}

}  // namespace burin::accuracy
