"""Who is who, as pure functions: names compared, identifiers checked, roles as of a day, a neighbourhood laid out."""

from handslag.register.identifiers import BadIdentifier, check_identifier, identifier_address, scheme_name, schemes
from handslag.register.name_keys import NameKey, organisation_keys, person_keys
from handslag.register.names import folded_name
from handslag.register.neighbourhood import lay_out
from handslag.register.picture import Edge, Node, Picture, UndrawableNeighbourhood
from handslag.register.profiles import Profile, Proposal, Reason
from handslag.register.roles import RoleAsOf, RoleClaim, RoleReading, roles_as_of
from handslag.register.sameness import propose_same

__all__ = [
    "BadIdentifier",
    "Edge",
    "NameKey",
    "Node",
    "Picture",
    "Profile",
    "Proposal",
    "Reason",
    "RoleAsOf",
    "RoleClaim",
    "RoleReading",
    "UndrawableNeighbourhood",
    "check_identifier",
    "folded_name",
    "identifier_address",
    "lay_out",
    "organisation_keys",
    "person_keys",
    "propose_same",
    "roles_as_of",
    "scheme_name",
    "schemes",
]
