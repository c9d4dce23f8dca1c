"""Settings of Camunda 7, Activiti and Flowable, put into those of Camunda 8 that we read.

One kind of setting a file. What is understood leaves the file together with a word about it; what
is not stays where it is, in the name of Camunda 7, so that the checker refuses it.
"""

from app.engine.importing.camunda.calls import translate_calls
from app.engine.importing.camunda.decisions import translate_decisions
from app.engine.importing.camunda.form_keys import translate_form_keys
from app.engine.importing.camunda.harmless import drop_harmless
from app.engine.importing.camunda.listeners import drop_listeners
from app.engine.importing.camunda.namespaces import read_as_camunda, set_platform
from app.engine.importing.camunda.owners import translate_owners
from app.engine.importing.camunda.people import translate_people
from app.engine.importing.camunda.properties import translate_properties
from app.engine.importing.camunda.repeats import translate_repeats
from app.engine.importing.camunda.scripts import translate_scripts
from app.engine.importing.camunda.services import translate_services
from app.engine.importing.camunda.variables import drop_identities

__all__ = ["TRANSLATIONS", "read_as_camunda"]

#: In this order: a service that only reckons becomes a script before scripts are looked at.
TRANSLATIONS = (
    translate_owners,
    translate_people,
    translate_form_keys,
    translate_services,
    translate_scripts,
    translate_decisions,
    translate_calls,
    translate_repeats,
    translate_properties,
    drop_identities,
    drop_listeners,
    drop_harmless,
    set_platform,
)
