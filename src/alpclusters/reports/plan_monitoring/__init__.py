"""The monitoring report of a plan, made of one snapshot that nobody can change."""

from alpclusters.reports.plan_monitoring.document import build_monitoring_document
from alpclusters.reports.plan_monitoring.reading import read_monitoring
from alpclusters.reports.plan_monitoring.subject import MonitoringSubject

__all__ = ["MonitoringSubject", "build_monitoring_document", "read_monitoring"]
